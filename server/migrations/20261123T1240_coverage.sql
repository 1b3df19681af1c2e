-- Plans and networks: payer -> plan -> network -> practitioner at a location, each fact dated and with its source.
create schema coverage;
grant usage on schema coverage to app_public, app_portal, app_staff, app_worker;

create table coverage.payer (
  organization_id uuid not null references people.organization,
  id              uuid not null default uuidv7(),
  name            text not null,
  primary key (organization_id, id)
);

create table coverage.network (
  organization_id uuid not null references people.organization,
  id              uuid not null default uuidv7(),
  payer_id        uuid,
  name            text not null,
  primary key (organization_id, id),
  foreign key (organization_id, payer_id) references coverage.payer
);

create table coverage.plan (
  organization_id uuid not null references people.organization,
  id              uuid not null default uuidv7(),
  payer_id        uuid not null,
  name            text not null,
  kind            text,
  active          boolean not null default true,
  primary key (organization_id, id),
  foreign key (organization_id, payer_id) references coverage.payer
);

create table coverage.plan_network (
  organization_id uuid not null,
  plan_id         uuid not null,
  network_id      uuid not null,
  primary key (organization_id, plan_id, network_id),
  foreign key (organization_id, plan_id) references coverage.plan,
  foreign key (organization_id, network_id) references coverage.network
);

-- 'In network' is a dated fact with its source, shown to the patient.
create table coverage.participation (
  organization_id      uuid not null,
  practitioner_role_id uuid not null,
  network_id           uuid not null,
  source               text not null check (source in ('payer_directory', 'practice', 'eligibility_check')),
  known_on             date not null,
  valid_from           date,
  valid_until          date,
  primary key (organization_id, practitioner_role_id, network_id),
  foreign key (organization_id, practitioner_role_id) references directory.practitioner_role,
  foreign key (organization_id, network_id) references coverage.network
);
create index participation_by_network on coverage.participation (organization_id, network_id);

-- A patient's own insurance, as imported or as told at booking. Health information.
create table coverage.patient_coverage (
  organization_id uuid not null,
  id              uuid not null default uuidv7(),
  patient_id      uuid not null,
  plan_id         uuid,
  payer_name      text,
  member_number   text,
  valid_from      date,
  valid_until     date,
  primary key (organization_id, id),
  foreign key (organization_id, patient_id) references people.patient,
  foreign key (organization_id, plan_id) references coverage.plan
);
create index patient_coverage_by_patient on coverage.patient_coverage (organization_id, patient_id);

grant select on coverage.payer, coverage.network, coverage.plan, coverage.plan_network, coverage.participation to app_public, app_portal, app_staff, app_worker;
grant insert, update, delete on coverage.payer, coverage.network, coverage.plan, coverage.plan_network, coverage.participation to app_worker;
grant select, insert, update on coverage.patient_coverage to app_portal, app_staff, app_worker;
call platform.wall('coverage.payer', array['app_public', 'app_portal', 'app_staff', 'app_worker']);
call platform.wall('coverage.network', array['app_public', 'app_portal', 'app_staff', 'app_worker']);
call platform.wall('coverage.plan', array['app_public', 'app_portal', 'app_staff', 'app_worker']);
call platform.wall('coverage.plan_network', array['app_public', 'app_portal', 'app_staff', 'app_worker']);
call platform.wall('coverage.participation', array['app_public', 'app_portal', 'app_staff', 'app_worker']);
call platform.wall('coverage.patient_coverage', array['app_staff', 'app_worker']);
call platform.wall_own('coverage.patient_coverage', 'patient_id');
