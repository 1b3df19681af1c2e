-- Changes of linked visits that were made in one step: their patient is told of them in one message.
alter table scheduling.appointment_change add column together_id uuid;
create index appointment_change_together on scheduling.appointment_change (organization_id, together_id) where together_id is not null;
