-- Names of programs as the trail names their deeds: ids alone tell a patient nothing. Later slices know the programs.
create table platform.program_name (
  organization_id uuid not null,
  -- As in audit_event.actor_id.
  actor_id        text not null,
  name            text not null check (name <> ''),
  primary key (organization_id, actor_id)
);
grant select, insert, update on platform.program_name to app_auth, app_worker;
call platform.wall('platform.program_name', array['app_auth', 'app_worker']);
