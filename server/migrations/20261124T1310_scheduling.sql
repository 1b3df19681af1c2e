-- What patients say of a visit in their own words is sealed, each with a key of that patient (platform/vault). What was written
-- before is sealed by the chore scheduling.seal-words, which empties the old columns; a later version drops them.
alter table scheduling.appointment add column reason_sealed bytea;
alter table scheduling.appointment_change add column reason_note_sealed bytea;
create index appointment_unsealed on scheduling.appointment (organization_id) where reason is not null;
create index appointment_change_unsealed on scheduling.appointment_change (organization_id) where reason_note is not null;
