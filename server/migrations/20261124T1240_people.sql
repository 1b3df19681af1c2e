-- Who may act for whom, and whose record opens only to those who care for them, or with a reason.

-- The organization's own rules about access; where it has no row, the defaults hold.
create table people.access_rules (
  organization_id         uuid primary key references people.organization,
  -- From this birthday on, what is confidential stays so from parents.
  confidential_from_years smallint not null default 12 check (confidential_from_years between 0 and 25),
  -- On this birthday what parents may do is over.
  proxy_ends_years        smallint not null default 18 check (proxy_ends_years between 10 and 25),
  -- A visit makes its clinician part of the care team for so many days before and after it.
  team_days               smallint not null default 90 check (team_days between 1 and 1000),
  -- Whether patients are told that a look was made by breaking the glass.
  glass_shown             boolean not null default true,
  changed_at              timestamptz not null,
  changed_by              text not null,
  constraint confidential_before_it_ends check (confidential_from_years <= proxy_ends_years)
);

-- What one person may do for one patient, by whose word. Until the person has accepted an invitation it has no person.
create table people.proxy_grant (
  organization_id uuid not null,
  id              uuid not null default uuidv7(),
  patient_id      uuid not null,
  person_id       uuid,
  -- As whoever gave it calls them.
  proxy_name      text not null check (proxy_name <> ''),
  basis           text not null check (basis in ('parent', 'guardian', 'attorney', 'chosen')),
  scopes          text[] not null check (cardinality(scopes) > 0 and scopes <@ array['book', 'messages', 'bills', 'results']),
  -- Where the invitation's code goes; null when it was given to somebody who had asked.
  contact_kind    text check (contact_kind in ('phone', 'email')),
  contact_value   text,
  accept_until    timestamptz,
  accepted_at     timestamptz,
  from_at         timestamptz not null,
  until_at        timestamptz,
  evidence        text,
  verified_by     text,
  given_at        timestamptz not null,
  given_by        text not null,
  ended_at        timestamptz,
  ended_by        text,
  -- A court or the clinic keeps this person from this patient: nothing is given to them again while it lasts.
  blocked_at      timestamptz,
  blocked_by      text,
  blocked_why     text,
  primary key (organization_id, id),
  foreign key (organization_id, patient_id) references people.patient,
  foreign key (organization_id, person_id) references people.person,
  constraint the_clinic_verified_it check (basis = 'chosen' or (verified_by is not null and evidence <> '')),
  constraint an_invitation_is_whole check ((contact_kind is null) = (contact_value is null) and (contact_kind is null) = (accept_until is null)),
  constraint a_block_says_why check (blocked_at is null or (ended_at is not null and blocked_by is not null and blocked_why <> '')),
  constraint ends_after_it_begins check (until_at is null or until_at > from_at)
);
create unique index proxy_grant_once on people.proxy_grant (organization_id, person_id, patient_id) where ended_at is null and person_id is not null;
create index proxy_grant_by_patient on people.proxy_grant (organization_id, patient_id);

-- A parent asks to act for a child. Who the child is, the front desk finds out; the parent is told nothing of it.
create table people.proxy_request (
  organization_id uuid not null,
  id              uuid not null default uuidv7(),
  person_id       uuid not null,
  asker_name      text not null check (asker_name <> ''),
  basis           text not null check (basis in ('parent', 'guardian')),
  given_name      text not null,
  family_name     text not null,
  born_on         date not null,
  asked_at        timestamptz not null,
  decided_at      timestamptz,
  decided_by      text,
  decision        text check (decision in ('given', 'refused')),
  primary key (organization_id, id),
  foreign key (organization_id, person_id) references people.person,
  constraint a_decision_is_whole check ((decision is null) = (decided_at is null) and (decision is null) = (decided_by is null))
);
create index proxy_request_open on people.proxy_request (organization_id, asked_at) where decided_at is null;

-- The patient that is acted for on this device; null: one's own record.
alter table people.session add column acting_for uuid;

-- Colleagues who care for a patient without a visit of their own.
create table people.care_team (
  organization_id uuid not null,
  id              uuid not null default uuidv7(),
  patient_id      uuid not null,
  person_id       uuid not null,
  named_at        timestamptz not null,
  named_by        text not null,
  until_at        timestamptz,
  ended_at        timestamptz,
  ended_by        text,
  primary key (organization_id, id),
  foreign key (organization_id, patient_id) references people.patient,
  foreign key (organization_id, person_id) references people.person
);
create unique index care_team_once on people.care_team (organization_id, patient_id, person_id) where ended_at is null;

-- Records that curiosity goes to: every colleague but those who care for the patient needs a reason. That somebody works
-- here, or is family of the one who looks, is known without a flag where accounts say so.
create table people.record_flag (
  organization_id uuid not null,
  id              uuid not null default uuidv7(),
  patient_id      uuid not null,
  kind            text not null check (kind in ('vip', 'employee', 'family')),
  set_at          timestamptz not null,
  set_by          text not null,
  ended_at        timestamptz,
  ended_by        text,
  primary key (organization_id, id),
  foreign key (organization_id, patient_id) references people.patient
);
create unique index record_flag_once on people.record_flag (organization_id, patient_id, kind) where ended_at is null;

-- The glass, broken: one colleague, one patient, one hour, one reason; judged by the privacy officer.
create table people.break_glass (
  organization_id uuid not null,
  id              uuid not null default uuidv7(),
  patient_id      uuid not null,
  person_id       uuid not null,
  role            text not null,
  reason          text not null check (reason in ('emergency', 'covering', 'called_by_patient', 'other_care', 'other')),
  words           text not null check (words <> ''),
  broken_at       timestamptz not null,
  ends_at         timestamptz not null,
  review_due_at   timestamptz not null,
  reviewed_at     timestamptz,
  reviewed_by     text,
  outcome         text check (outcome in ('fine', 'violation')),
  note            text,
  primary key (organization_id, id),
  foreign key (organization_id, patient_id) references people.patient,
  foreign key (organization_id, person_id) references people.person,
  constraint a_review_is_whole check ((outcome is null) = (reviewed_at is null) and (outcome is null) = (reviewed_by is null))
);
create index break_glass_by_person on people.break_glass (organization_id, person_id, patient_id, ends_at);
create index break_glass_to_review on people.break_glass (organization_id, review_due_at) where reviewed_at is null;

grant select, insert, update on people.access_rules to app_staff;
grant select on people.access_rules to app_portal, app_worker;
grant select, insert on people.proxy_grant to app_portal;
grant update (ended_at, ended_by) on people.proxy_grant to app_portal;
grant select, insert, update on people.proxy_grant to app_staff, app_worker;
grant select, insert, update on people.proxy_request to app_staff, app_worker;
grant select, insert, update on people.care_team, people.record_flag, people.break_glass to app_staff;
grant select on people.break_glass to app_worker;

call platform.wall('people.access_rules', array['app_portal', 'app_staff', 'app_worker']);
call platform.wall('people.proxy_grant', array['app_staff', 'app_worker']);
call platform.wall_own('people.proxy_grant', 'patient_id');
call platform.wall('people.proxy_request', array['app_staff', 'app_worker']);
call platform.wall('people.care_team', array['app_staff']);
call platform.wall('people.record_flag', array['app_staff']);
call platform.wall('people.break_glass', array['app_staff', 'app_worker']);
