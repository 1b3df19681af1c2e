-- A record whose time to be kept is over is let go by two people: one proposes, another approves, the operator carries it out.
create table privacy.letting_go (
  organization_id uuid not null,
  id              uuid not null default uuidv7(),
  patient_id      uuid not null,
  proposed_by     uuid not null,
  proposed_at     timestamptz not null,
  approved_by     uuid,
  approved_at     timestamptz,
  withdrawn_by    uuid,
  withdrawn_at    timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, patient_id) references people.patient,
  foreign key (organization_id, proposed_by) references people.person,
  foreign key (organization_id, approved_by) references people.person,
  constraint two_people_let_go check (approved_by <> proposed_by),
  check ((approved_by is null) = (approved_at is null)),
  check ((withdrawn_by is null) = (withdrawn_at is null))
);
create unique index proposed_once on privacy.letting_go (organization_id, patient_id) where withdrawn_at is null;
grant select, insert, update on privacy.letting_go to app_staff;
grant select, delete on privacy.letting_go to app_worker;
call platform.wall('privacy.letting_go', array['app_staff', 'app_worker']);
