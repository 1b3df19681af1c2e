-- What every slice stands on: who is asking (row-level security), what was done (audit), what was asked before (idempotency).
create schema platform;
create extension if not exists btree_gist;

revoke all on schema public from public;
grant usage on schema platform to app_public, app_portal, app_staff, app_worker, app_auth;

-- The actor's organization and the patients a portal actor may touch. Unset means an error, never 'all'.
create function platform.organization_id() returns uuid language sql stable parallel safe
  as $$ select current_setting('app.organization_id')::uuid $$;
create function platform.patient_ids() returns uuid[] language sql stable parallel safe
  as $$ select current_setting('app.patient_ids')::uuid[] $$;

-- One identical wall for every tenant table: enable and force row-level security, one policy a role.
create procedure platform.wall(target regclass, roles text[]) language plpgsql as $$
declare role_name text;
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  foreach role_name in array roles loop
    execute format('create policy %I on %s to %I using (organization_id = (select platform.organization_id())) with check (organization_id = (select platform.organization_id()))',
      'tenant_' || role_name, target, role_name);
  end loop;
end $$;

-- The same for rows about a patient, as the portal sees them: the tenant's, and only one's own.
create procedure platform.wall_own(target regclass, patient_column text) language plpgsql as $$
begin
  execute format('create policy own_app_portal on %s to app_portal using (organization_id = (select platform.organization_id()) and %I = any ((select platform.patient_ids())::uuid[])) with check (organization_id = (select platform.organization_id()) and %I = any ((select platform.patient_ids())::uuid[]))',
    target, patient_column, patient_column);
end $$;

-- Every read and write of health information, written in the transaction that did it. Insert only, for every role.
create table platform.audit_event (
  organization_id uuid not null,
  id              uuid not null default uuidv7(),
  at              timestamptz not null default clock_timestamp(),
  actor_kind      text not null,
  actor_id        text not null,
  action          text not null check (action in ('create', 'read', 'update', 'delete', 'search', 'execute')),
  resource_type   text not null,
  resource_id     text,
  patient_id      uuid,
  fields          text[] not null default '{}',
  outcome         text not null default 'success' check (outcome in ('success', 'refused')),
  purpose         text not null,
  request_id      text,
  primary key (organization_id, id)
);
create index audit_event_by_patient on platform.audit_event (organization_id, patient_id, id) where patient_id is not null;

-- Waiting for the sealer: ids only. A row leaves when its event is in a signed seal.
create table platform.audit_unsealed (
  organization_id uuid not null,
  event_id        uuid not null,
  primary key (organization_id, event_id)
);

-- One second of one organization's trail: hashes of the events in order, chained to the seal before, signed.
create table platform.audit_seal (
  organization_id uuid not null,
  number          bigint not null check (number > 0),
  sealed_at       timestamptz not null,
  first_position  bigint not null,
  event_ids       uuid[] not null,
  event_hashes    bytea not null,
  previous_head   bytea not null,
  head            bytea not null,
  signature       bytea not null,
  key_id          text not null,
  primary key (organization_id, number),
  constraint one_hash_an_event check (length(event_hashes) = 32 * cardinality(event_ids))
);

-- The same request sent twice is answered once. Holds the id of what was made, never health information.
create table platform.request_key (
  organization_id uuid not null,
  actor_id        text not null,
  key             text not null check (length(key) between 1 and 200),
  request_hash    bytea not null,
  result_id       uuid not null,
  created_at      timestamptz not null default now(),
  primary key (organization_id, actor_id, key)
);
create index request_key_by_age on platform.request_key (organization_id, created_at);

-- When each thing that runs by the clock last ran (a row a task), so that several workers agree.
create table platform.clockwork (
  task    text primary key,
  ran_at  timestamptz not null
);

grant insert on platform.audit_event, platform.audit_unsealed to app_portal, app_staff, app_worker, app_auth;
grant select on platform.audit_event to app_worker;
grant select, delete on platform.audit_unsealed to app_worker;
grant select, insert on platform.audit_seal to app_worker;
grant select, insert on platform.request_key to app_portal, app_staff, app_worker;
grant delete on platform.request_key to app_worker;
grant select, insert, update on platform.clockwork to app_worker;

call platform.wall('platform.audit_event', array['app_portal', 'app_staff', 'app_worker', 'app_auth']);
call platform.wall('platform.audit_seal', array['app_worker']);
call platform.wall('platform.request_key', array['app_portal', 'app_staff', 'app_worker']);
-- The sealer finds out which organizations have work: ids only, so across tenants for the worker.
call platform.wall('platform.audit_unsealed', array['app_portal', 'app_staff', 'app_auth']);
create policy every_tenant_app_worker on platform.audit_unsealed to app_worker using (true) with check (true);
