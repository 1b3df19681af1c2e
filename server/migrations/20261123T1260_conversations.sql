-- Messages to patients: one row an appointment version, step and channel, so that nothing is lost or said twice.
create schema conversations;
grant usage on schema conversations to app_staff, app_worker, app_portal;

create table conversations.message (
  organization_id uuid not null,
  id              uuid not null default uuidv7(),
  patient_id      uuid,
  appointment_id  uuid,
  appointment_version integer,
  contact_code_id uuid,
  -- booked, moved, cancelled, code
  step            text not null,
  channel         text not null check (channel in ('email', 'text')),
  language        text not null,
  -- planned -> sending -> sent | failed | unknown; superseded: the visit changed before it went out.
  status          text not null default 'planned' check (status in ('planned', 'sending', 'sent', 'failed', 'unknown', 'superseded')),
  cause           text,
  tries           integer not null default 0,
  planned_at      timestamptz not null,
  sent_at         timestamptz,
  primary key (organization_id, id),
  constraint about_a_visit_or_a_code check ((appointment_id is not null) <> (contact_code_id is not null)),
  constraint said_once unique nulls not distinct (organization_id, appointment_id, appointment_version, contact_code_id, step, channel)
);
create index message_by_patient on conversations.message (organization_id, patient_id, planned_at);
create index message_unsent on conversations.message (organization_id, planned_at) where status in ('planned', 'sending');

-- What the built-in mail and text twins 'sent'. Development only: production refuses to use the twins.
create table conversations.local_mailbox (
  organization_id uuid not null,
  id              uuid not null default uuidv7(),
  key             text not null,
  channel         text not null check (channel in ('email', 'text')),
  recipient       text not null,
  subject         text,
  text            text not null,
  html            text,
  calendar        text,
  stored_at       timestamptz not null default now(),
  primary key (organization_id, id),
  constraint stored_once unique (organization_id, key)
);

grant select, insert, update on conversations.message to app_worker;
grant select on conversations.message to app_staff;
grant select, insert on conversations.local_mailbox to app_worker;
call platform.wall('conversations.message', array['app_staff', 'app_worker']);
call platform.wall('conversations.local_mailbox', array['app_worker']);
