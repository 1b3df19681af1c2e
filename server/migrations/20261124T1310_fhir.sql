-- Other systems that are told of visits: where to, with which secret, and how each telling fared. Ids only, no health information.
grant usage on schema fhir to app_staff;

create table fhir.webhook (
  organization_id uuid not null references people.organization,
  id              uuid not null,
  name            text not null check (name <> ''),
  url             text not null,
  events          text[] not null check (cardinality(events) > 0),
  -- Sealed by the vault. Shown once, when it was made.
  secret          bytea not null,
  -- After a rotation both sign, for a day.
  previous_secret bytea,
  previous_until  timestamptz,
  made_at         timestamptz not null,
  made_by         text not null,
  -- Since when nothing arrives any more.
  failing_since   timestamptz,
  ended_at        timestamptz,
  ended_by        text,
  -- failing: ended by itself after five days of failure.
  end_cause       text check (end_cause in ('asked', 'failing')),
  primary key (organization_id, id),
  constraint old_secret_ends check ((previous_secret is null) = (previous_until is null)),
  constraint ended_by_somebody check (num_nulls(ended_at, ended_by, end_cause) in (0, 3))
);

create table fhir.webhook_delivery (
  organization_id uuid not null,
  id              uuid not null,
  webhook_id      uuid not null,
  event           text not null,
  appointment_id  uuid not null,
  version         integer not null,
  happened_at     timestamptz not null,
  state           text not null check (state in ('waiting', 'delivered', 'given_up')),
  tries           integer not null default 0,
  next_try_at     timestamptz not null,
  tried_at        timestamptz,
  -- Why it did not arrive, in a word of ours or a status code: never what the receiver said.
  cause           text,
  primary key (organization_id, id),
  -- A fact is told at least once by our queue, and becomes one delivery.
  constraint told_once unique (organization_id, webhook_id, appointment_id, version, event),
  foreign key (organization_id, webhook_id) references fhir.webhook
);
create index webhook_delivery_waiting on fhir.webhook_delivery (organization_id, webhook_id, next_try_at) where state = 'waiting';
create index webhook_delivery_latest on fhir.webhook_delivery (organization_id, webhook_id, id);

grant select, insert, update on fhir.webhook, fhir.webhook_delivery to app_staff, app_worker;
call platform.wall('fhir.webhook', array['app_staff', 'app_worker']);
call platform.wall('fhir.webhook_delivery', array['app_staff', 'app_worker']);
