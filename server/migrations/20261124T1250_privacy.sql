-- What patients may ask about their records, and the watch over who looks at them.
create schema privacy;
grant usage on schema privacy to app_portal, app_staff, app_worker;

-- A patient says that something in the record is wrong (45 CFR 164.526): answered within 60 days, never overwritten.
create table privacy.amendment (
  organization_id uuid not null,
  id              uuid not null default uuidv7(),
  patient_id      uuid not null,
  about           text not null check (length(about) between 1 and 4000),
  wanted          text not null check (length(wanted) between 1 and 4000),
  asked_by        text not null,
  asked_at        timestamptz not null,
  due_on          date not null,
  answer          text check (answer in ('accepted', 'denied')),
  answer_reason   text,
  answered_by     text,
  answered_at     timestamptz,
  -- The patient's own words to a denial: they travel with the record from then on.
  disagreement    text check (length(disagreement) between 1 and 4000),
  disagreed_at    timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, patient_id) references people.patient,
  constraint an_answer_is_whole check ((answer is null) = (answered_at is null) and (answer is null) = (answered_by is null)),
  constraint a_denial_has_its_reason check (answer is distinct from 'denied' or answer_reason <> ''),
  constraint only_a_denial_is_disagreed_with check (disagreement is null or answer = 'denied')
);
create index amendment_by_patient on privacy.amendment (organization_id, patient_id);
create index amendment_open on privacy.amendment (organization_id, due_on) where answer is null;

-- What left the clinic for another reason than treatment, payment or its own work (45 CFR 164.528): told for six years.
create table privacy.disclosure (
  organization_id uuid not null,
  id              uuid not null default uuidv7(),
  patient_id      uuid not null,
  disclosed_on    date not null,
  recipient       text not null check (recipient <> ''),
  address         text,
  what            text not null check (what <> ''),
  why             text not null check (why in ('public_health', 'oversight', 'court', 'police', 'research', 'coroner', 'threat', 'other_law')),
  recorded_by     text not null,
  recorded_at     timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id, patient_id) references people.patient
);
create index disclosure_by_patient on privacy.disclosure (organization_id, patient_id, disclosed_on);

-- What a patient allows or forbids; the newest of a kind counts, the older ones stay to be seen.
create table privacy.consent (
  organization_id uuid not null,
  id              uuid not null default uuidv7(),
  patient_id      uuid not null,
  kind            text not null check (kind in ('research', 'teaching', 'family_updates', 'facility_list', 'health_exchange')),
  decision        text not null check (decision in ('permit', 'deny')),
  said_at         timestamptz not null,
  said_by         text not null,
  primary key (organization_id, id),
  foreign key (organization_id, patient_id) references people.patient
);
create index consent_by_patient on privacy.consent (organization_id, patient_id, kind, id);

-- Nothing of this patient, or of anybody where none is named, is let go while a hold lasts.
create table privacy.legal_hold (
  organization_id uuid not null references people.organization,
  id              uuid not null default uuidv7(),
  patient_id      uuid,
  reason          text not null check (reason <> ''),
  placed_by       text not null,
  placed_at       timestamptz not null,
  ended_by        text,
  ended_at        timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, patient_id) references people.patient
);
create index legal_hold_by_patient on privacy.legal_hold (organization_id, patient_id) where ended_at is null;

-- A look at a record that the privacy officer has judged.
create table privacy.look_review (
  organization_id uuid not null,
  person_id       uuid not null,
  patient_id      uuid not null,
  looked_on       date not null,
  outcome         text not null check (outcome in ('fine', 'violation')),
  note            text,
  reviewed_by     text not null,
  reviewed_at     timestamptz not null,
  primary key (organization_id, person_id, patient_id, looked_on),
  foreign key (organization_id, person_id) references people.person,
  foreign key (organization_id, patient_id) references people.patient
);

grant select, insert on privacy.amendment, privacy.consent to app_portal;
grant update (disagreement, disagreed_at) on privacy.amendment to app_portal;
grant select on privacy.disclosure to app_portal;
grant select, insert, update on privacy.amendment, privacy.legal_hold, privacy.look_review to app_staff;
grant select, insert on privacy.disclosure, privacy.consent to app_staff;
grant select on privacy.amendment, privacy.legal_hold, privacy.look_review to app_worker;

call platform.wall('privacy.amendment', array['app_staff', 'app_worker']);
call platform.wall_own('privacy.amendment', 'patient_id');
call platform.wall('privacy.disclosure', array['app_staff']);
call platform.wall_own('privacy.disclosure', 'patient_id');
call platform.wall('privacy.consent', array['app_staff']);
call platform.wall_own('privacy.consent', 'patient_id');
call platform.wall('privacy.legal_hold', array['app_staff', 'app_worker']);
call platform.wall('privacy.look_review', array['app_staff', 'app_worker']);
