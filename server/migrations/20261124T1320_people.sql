-- Sessions, invitations and request keys that are long over are forgotten by the clock.
grant delete on people.session to app_auth;
grant delete on people.invitation to app_worker;
create index session_by_age on people.session (organization_id, expires_at);
