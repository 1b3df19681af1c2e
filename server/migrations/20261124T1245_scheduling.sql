-- What stays between a teenager and the clinic; whose visits make whom part of a care team.
alter table scheduling.visit_type add column confidential boolean not null default false;

-- A colleague, and the clinicians whose visits they see: a clinician's own, a nurse's those of whom they work with.
create table scheduling.works_with (
  organization_id uuid not null,
  person_id       uuid not null,
  practitioner_id uuid not null,
  set_at          timestamptz not null,
  set_by          text not null,
  primary key (organization_id, person_id, practitioner_id),
  foreign key (organization_id, person_id) references people.person,
  foreign key (organization_id, practitioner_id) references directory.practitioner
);
grant select, insert, delete on scheduling.works_with to app_staff;
call platform.wall('scheduling.works_with', array['app_staff']);

-- Why a visit was moved or called off is of that visit's patient: the portal saw everybody's.
drop policy tenant_app_portal on scheduling.appointment_change;
create policy own_app_portal on scheduling.appointment_change to app_portal
  using (organization_id = (select platform.organization_id()) and exists (select from scheduling.appointment a
    where a.organization_id = appointment_change.organization_id and a.id = appointment_change.appointment_id))
  with check (organization_id = (select platform.organization_id()) and exists (select from scheduling.appointment a
    where a.organization_id = appointment_change.organization_id and a.id = appointment_change.appointment_id));
