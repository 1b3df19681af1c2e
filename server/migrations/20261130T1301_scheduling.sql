-- A clinician sends a patient to somebody: for which visits, from when until when, with whom. Open until a visit is booked
-- for it, or somebody closes it and says why.
create table scheduling.referral (
  organization_id  uuid not null references people.organization,
  id               uuid not null default uuidv7(),
  patient_id       uuid not null,
  -- Any one of these.
  visit_type_ids   uuid[] not null,
  -- One of these clinicians; none named: whoever offers such a visit.
  practitioner_ids uuid[] not null default '{}',
  -- NUCC taxonomy code: only clinicians who have it.
  specialty        text,
  valid_from       date not null,
  valid_until      date not null,
  -- FHIR request-priority
  priority         text not null check (priority in ('routine', 'urgent', 'asap', 'stat')),
  -- Who refers, as they are called: often of another clinic.
  referrer         text not null check (referrer <> ''),
  reason_sealed    bytea,
  source           text not null check (source in ('desk', 'import')),
  made_at          timestamptz not null,
  made_by          text not null,
  -- The link that opens it now; each sending makes the one before worthless. 0: none.
  link_number      integer not null default 0,
  link_sent_at     timestamptz,
  -- Since when it is a task of the desk, because nobody booked.
  overdue_at       timestamptz,
  -- The visit that answers it.
  appointment_id   uuid,
  scheduled_at     timestamptz,
  closed_at        timestamptz,
  closed_by        text,
  close_reason     text check (close_reason in ('declined', 'elsewhere', 'not_reached', 'not_needed', 'other')),
  primary key (organization_id, id),
  foreign key (organization_id, patient_id) references people.patient,
  foreign key (organization_id, appointment_id) references scheduling.appointment,
  constraint a_referral_is_for_some_visit check (cardinality(visit_type_ids) between 1 and 10),
  constraint referral_dates_in_order check (valid_until >= valid_from),
  constraint scheduled_by_a_visit check ((appointment_id is null) = (scheduled_at is null)),
  constraint closed_by_somebody_for_a_reason check (num_nonnulls(closed_at, closed_by, close_reason) in (0, 3)),
  constraint one_referral_a_visit unique (organization_id, appointment_id)
);
create index referral_by_patient on scheduling.referral (organization_id, patient_id);
create index referral_open on scheduling.referral (organization_id, made_at) where appointment_id is null and closed_at is null;
grant select, insert on scheduling.referral to app_staff, app_worker;
grant update (link_number, link_sent_at, overdue_at, appointment_id, scheduled_at, closed_at, closed_by, close_reason)
  on scheduling.referral to app_staff, app_worker;
-- Who holds the link, and only of that patient.
grant select, update (appointment_id, scheduled_at) on scheduling.referral to app_portal;
-- Only to let a record go.
grant delete on scheduling.referral to app_worker;
call platform.wall('scheduling.referral', array['app_staff', 'app_worker']);
call platform.wall_own('scheduling.referral', 'patient_id');
