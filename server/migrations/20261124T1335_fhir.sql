-- Let go with the record.
grant delete on fhir.app_grant to app_auth;
