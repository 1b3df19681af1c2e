-- The log names programs as it names people.
grant select (organization_id, id, name) on people.api_client to app_worker;
call platform.wall('people.api_client', array['app_worker']);
