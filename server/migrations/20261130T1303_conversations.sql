-- A referral's link is sent as a message of its own, each sending once.
alter table conversations.message
  add column referral_id   uuid,
  add column referral_link integer,
  add constraint a_referral_by_its_link check ((referral_id is null) = (referral_link is null)),
  drop constraint about_one_thing,
  add constraint about_one_thing check (num_nonnulls(appointment_id, contact_code_id, account_change_id, referral_id) = 1),
  drop constraint said_once,
  add constraint said_once unique nulls not distinct
    (organization_id, appointment_id, appointment_version, contact_code_id, account_change_id, referral_id, referral_link, step, channel);
