-- A sign-in asks for all the sessions a person had, also those that are over: was it ever this machine?
drop index people.session_by_person;
create index session_by_person on people.session (organization_id, person_id);
