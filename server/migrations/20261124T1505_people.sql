-- An app that a parent let in for a child stands only while the parent's grant does: sign-in sees which grants stand, no word of why.
grant select (organization_id, person_id, patient_id, basis, ended_at) on people.proxy_grant to app_auth;
call platform.wall('people.proxy_grant', array['app_auth']);
