-- Honest numbers: whether what find care shows can be booked, how long people wait for a visit, how full the hours are.

-- Openings that a search of the prober showed, until it asks again some seconds later. Says nothing about anybody.
create table scheduling.shown_opening (
  organization_id uuid not null references people.organization,
  id              uuid not null default uuidv7(),
  offering_id     uuid not null,
  start_minute    integer not null,
  -- Whether the index of openings had it when the search showed it.
  was_open        boolean not null,
  shown_at        timestamptz not null,
  primary key (organization_id, id)
);
create index shown_opening_by_time on scheduling.shown_opening (shown_at);

-- What became of them, counted by local day: open still, taken meanwhile, or a phantom, and what stood in the way of that.
create table scheduling.probe_tally (
  organization_id uuid not null references people.organization,
  day             date not null,
  offering_id     uuid not null,
  outcome         text not null check (outcome in ('open', 'taken', 'phantom')),
  cause           text not null default '',
  many            integer not null check (many > 0),
  primary key (organization_id, day, offering_id, outcome, cause),
  constraint phantoms_have_a_cause check ((outcome = 'phantom') = (cause <> ''))
);

-- Third next available appointment on a day: of the clinicians of a kind of visit, specialty and place, the one in the middle.
create table scheduling.access_day (
  organization_id uuid not null references people.organization,
  day             date not null,
  visit_type_id   uuid not null,
  specialty       text not null,
  location_id     uuid not null,
  clinicians      integer not null,
  -- Of those, who have no third opening as far ahead as can be booked.
  without_third   integer not null,
  -- Calendar days; null when more than half have none.
  median_days     integer,
  primary key (organization_id, day, visit_type_id, specialty, location_id)
);

-- Of a day that is over: minutes a clinician was open at a place, and of those the minutes that were booked.
create table scheduling.fill_day (
  organization_id uuid not null references people.organization,
  day             date not null,
  practitioner_id uuid not null,
  location_id     uuid not null,
  open_minutes    integer not null check (open_minutes > 0),
  booked_minutes  integer not null check (booked_minutes between 0 and open_minutes),
  primary key (organization_id, day, practitioner_id, location_id)
);

grant select, insert, delete on scheduling.shown_opening to app_worker;
grant select, insert, update, delete on scheduling.probe_tally, scheduling.access_day, scheduling.fill_day to app_worker;
grant select on scheduling.probe_tally, scheduling.access_day, scheduling.fill_day to app_staff;
-- The public figure is one of the whole clinic, not of a clinician.
grant select (organization_id, day, outcome, many) on scheduling.probe_tally to app_public, app_portal;

-- What was shown is asked about across tenants by the worker, then settled one organization at a time.
alter table scheduling.shown_opening enable row level security;
alter table scheduling.shown_opening force row level security;
create policy every_tenant_app_worker on scheduling.shown_opening to app_worker using (true) with check (true);
call platform.wall('scheduling.probe_tally', array['app_public', 'app_portal', 'app_staff', 'app_worker']);
call platform.wall('scheduling.access_day', array['app_staff', 'app_worker']);
call platform.wall('scheduling.fill_day', array['app_staff', 'app_worker']);

-- The first opening of an offering from a minute on; null when the index has none.
create function scheduling.opening_from(of_organization uuid, of_offering uuid, from_minute integer) returns integer
language sql stable as $$
  select min(n) from (
    select p.starts from scheduling.opening p
    where p.organization_id = of_organization and p.offering_id = of_offering
      and p.first_start > from_minute - 1440 and p.starts[cardinality(p.starts)] >= from_minute
    order by p.first_start limit 1
  ) f, unnest(f.starts) n where n >= from_minute
$$;
