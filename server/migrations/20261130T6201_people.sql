-- What rules ask of a patient they ask of all records of that patient (scheduling.is_first_visit, visits_of, home_state_of).
create policy counted_by_owner on people.merge for select to current_user using (organization_id = (select platform.organization_id()));
-- An app of a parent who has been kept out ends with it (fhir/smart/grants.ts).
grant select (blocked_at) on people.proxy_grant to app_auth;
