-- Rooms, devices and interpreters: what a visit needs beside its clinician, each with hours of its own.
create table scheduling.resource (
  organization_id uuid not null references people.organization,
  id              uuid not null default uuidv7(),
  kind            text not null check (kind in ('room', 'device', 'interpreter')),
  name            text not null check (name <> ''),
  -- Null: serves every place, as an interpreter by phone or video does.
  location_id     uuid,
  -- IANA name: its hours are wall-clock time there.
  zone            text not null,
  -- What it is good for: 'echo', 'procedure'; of an interpreter the languages, as BCP 47 tags.
  features        text[] not null default '{}',
  -- How an interpreter is there.
  modality        text check (modality in ('in_person', 'video', 'phone')),
  active          boolean not null default true,
  primary key (organization_id, id),
  foreign key (organization_id, location_id) references directory.location,
  constraint an_interpreter_has_a_modality check ((kind = 'interpreter') = (modality is not null)),
  constraint what_stands_is_at_a_place check (kind = 'interpreter' or location_id is not null),
  constraint one_resource_a_name unique (organization_id, kind, name)
);

-- Its weekly hours in its own zone. None at all: whenever its place is open.
create table scheduling.resource_rule (
  organization_id uuid not null,
  id              uuid not null default uuidv7(),
  resource_id     uuid not null,
  weekday         smallint not null check (weekday between 1 and 7),
  from_minute     smallint not null check (from_minute between 0 and 1439),
  until_minute    smallint not null check (until_minute between 1 and 1440),
  valid_from      date not null,
  valid_until     date,
  primary key (organization_id, id),
  foreign key (organization_id, resource_id) references scheduling.resource,
  constraint resource_rule_ends_after_it_starts check (until_minute > from_minute),
  constraint resource_rule_dates_in_order check (valid_until is null or valid_until >= valid_from)
);
create index resource_rule_by_resource on scheduling.resource_rule (organization_id, resource_id);

-- A day, or part of a day, on which it cannot be used. Without minutes: the whole day.
create table scheduling.resource_closure (
  organization_id uuid not null,
  id              uuid not null default uuidv7(),
  resource_id     uuid not null,
  on_date         date not null,
  from_minute     smallint check (from_minute between 0 and 1439),
  until_minute    smallint check (until_minute between 1 and 1440),
  reason          text not null check (reason <> ''),
  made_at         timestamptz not null,
  made_by         text not null,
  primary key (organization_id, id),
  foreign key (organization_id, resource_id) references scheduling.resource,
  constraint part_of_a_closed_day check ((from_minute is null) = (until_minute is null) and (until_minute is null or until_minute > from_minute))
);
create index resource_closure_by_day on scheduling.resource_closure (organization_id, resource_id, on_date);

-- What a visit of this type needs: one room, one device, each with all of these features, at the place of the visit.
create table scheduling.visit_need (
  organization_id uuid not null,
  visit_type_id   uuid not null,
  kind            text not null check (kind in ('room', 'device')),
  features        text[] not null,
  primary key (organization_id, visit_type_id, kind),
  foreign key (organization_id, visit_type_id) references scheduling.visit_type
);

-- A hold and a visit take the time of everything they need; the same constraint keeps each in one place at a time.
drop index scheduling.taken_time_by_hold;
create unique index taken_time_by_hold on scheduling.taken_time (organization_id, hold_id, resource_id) where hold_id is not null;

alter table scheduling.appointment
  -- BCP 47: the language an interpreter was asked for.
  add column interpreter_language text,
  add constraint a_language_is_a_short_tag check (interpreter_language is null or interpreter_language ~ '^[a-z]{2,3}$');

grant select on scheduling.resource, scheduling.visit_need, scheduling.resource_rule, scheduling.resource_closure
  to app_portal, app_staff, app_worker;
grant insert, update on scheduling.resource to app_staff, app_worker;
grant insert, delete on scheduling.resource_rule, scheduling.visit_need to app_staff, app_worker;
grant insert, delete on scheduling.resource_closure to app_staff, app_worker;
call platform.wall('scheduling.resource', array['app_portal', 'app_staff', 'app_worker']);
call platform.wall('scheduling.resource_rule', array['app_portal', 'app_staff', 'app_worker']);
call platform.wall('scheduling.resource_closure', array['app_portal', 'app_staff', 'app_worker']);
call platform.wall('scheduling.visit_need', array['app_portal', 'app_staff', 'app_worker']);

-- The clinicians whose visits may need one of these rooms or devices: whoever changes when it is free does so in their
-- turn. Of an interpreter there is no index of openings, so it is itself whose turn that is.
create function scheduling.turns_of(of_organization uuid, resources uuid[]) returns setof uuid language sql stable as $$
  select distinct o.practitioner_id
  from scheduling.resource r
  join scheduling.visit_need n on n.organization_id = r.organization_id and n.kind = r.kind and n.features <@ r.features
  join scheduling.offering o on o.organization_id = n.organization_id and o.visit_type_id = n.visit_type_id
    and o.location_id = r.location_id and o.active
  where r.organization_id = of_organization and r.id = any (resources)
  union select r.id from scheduling.resource r
  where r.organization_id = of_organization and r.id = any (resources) and r.kind = 'interpreter'
$$;

-- Waits for several turns in one fixed order, so that two who need the same never wait for each other.
create function scheduling.take_turns(whose uuid[]) returns void language plpgsql as $$
declare one bigint;
begin
  for one in select distinct hashtextextended(w::text, 7) k from unnest(whose) w order by k loop
    perform pg_advisory_xact_lock(one);
  end loop;
end $$;
