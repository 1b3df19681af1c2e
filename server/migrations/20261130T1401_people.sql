-- What a patient needs to come, to hear, to see and to be understood, said once: a sealed list a patient.
create table people.support (
  organization_id uuid not null,
  patient_id      uuid not null,
  sealed          bytea not null,
  said_at         timestamptz not null,
  said_by         text not null,
  primary key (organization_id, patient_id),
  foreign key (organization_id, patient_id) references people.patient
);
grant select, insert, update on people.support to app_portal, app_staff, app_worker;
-- Only to let a record go.
grant delete on people.support to app_worker;
call platform.wall('people.support', array['app_staff', 'app_worker']);
call platform.wall_own('people.support', 'patient_id');
