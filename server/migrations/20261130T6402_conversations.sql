-- Several visits in one message: each keeps its own row, and that of the first carries them.
alter table conversations.message
  add column carried_by uuid,
  add constraint carried_by_another check (carried_by <> id),
  add foreign key (organization_id, carried_by) references conversations.message on delete set null (carried_by);
create index message_carried on conversations.message (organization_id, carried_by) where carried_by is not null;
