-- A change of somebody's ways to sign in is told to them, once a change.
alter table conversations.message
  add column person_id uuid,
  add column account_change_id uuid,
  drop constraint about_a_visit_or_a_code,
  add constraint about_one_thing check (num_nonnulls(appointment_id, contact_code_id, account_change_id) = 1),
  drop constraint said_once,
  add constraint said_once unique nulls not distinct
    (organization_id, appointment_id, appointment_version, contact_code_id, account_change_id, step, channel);
