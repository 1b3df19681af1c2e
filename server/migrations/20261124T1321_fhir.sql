-- What an app was given outlives the session in which it was given; that session may be forgotten.
alter table fhir.app_grant drop constraint app_grant_organization_id_session_id_fkey;
alter table fhir.app_grant add foreign key (organization_id, session_id) references people.session on delete set null (session_id);
create index app_grant_by_session on fhir.app_grant (organization_id, session_id) where session_id is not null;
