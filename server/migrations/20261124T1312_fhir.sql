-- After a new ATTEND_SECRET the signing key is sealed anew.
grant update (sealed) on fhir.signing_key to app_auth;
