-- Codes are made and ended by the worker's role, in the transaction that announces them; the anonymous doors never see the table.
grant insert, delete on people.contact_code to app_worker;
revoke all on people.contact_code from app_auth;
drop policy tenant_app_auth on people.contact_code;
-- How many codes an organization sent in the last minute, and which are old enough to forget.
create index contact_code_by_age on people.contact_code (organization_id, created_at);

-- Phones are found by how they begin ('555 12') and by how they end ('4567').
alter table people.patient_contact
  add column value_reversed text collate "C" not null generated always as (reverse(value)) stored;
create index patient_contact_by_beginning on people.patient_contact (organization_id, kind, value collate "C");
create index patient_contact_by_ending on people.patient_contact (organization_id, kind, value_reversed);

create index match_review_undecided on people.match_review (organization_id, created_at) where decided_at is null;
