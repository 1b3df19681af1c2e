-- Two records that are one patient: a link, so that nothing moves and undoing it gives both back as they were.
create table people.merge (
  organization_id uuid not null,
  id              uuid not null default uuidv7(),
  survivor_id     uuid not null,
  absorbed_id     uuid not null,
  -- The record that stands for both now: the survivor, or whatever that was merged into since.
  record_id       uuid not null,
  -- Which values of the absorbed record the survivor shows since.
  chosen          text[] not null check (chosen <@ array['name', 'bornOn', 'gender', 'language']),
  reason_sealed   bytea not null,
  -- What was written on the survivor, and what stood there before: sealed with its keys.
  wrote_sealed    bytea not null,
  review_ids      uuid[] not null,
  merged_at       timestamptz not null,
  merged_by       text not null,
  undone_at       timestamptz,
  undone_by       text,
  undo_reason_sealed bytea,
  primary key (organization_id, id),
  foreign key (organization_id, survivor_id) references people.patient,
  foreign key (organization_id, absorbed_id) references people.patient,
  check (survivor_id <> absorbed_id),
  check ((undone_at is null) = (undone_by is null))
);
create unique index merged_once on people.merge (organization_id, absorbed_id) where undone_at is null;
create index merge_by_record on people.merge (organization_id, record_id) where undone_at is null;

-- A proxy of one of the two records whom the desk let see both.
create table people.merge_proxy (
  organization_id uuid not null,
  merge_id        uuid not null,
  grant_id        uuid not null,
  widened_at      timestamptz not null,
  widened_by      text not null,
  primary key (organization_id, merge_id, grant_id),
  foreign key (organization_id, merge_id) references people.merge,
  foreign key (organization_id, grant_id) references people.proxy_grant
);

grant select on people.merge, people.merge_proxy to app_staff;
grant select, insert, update, delete on people.merge, people.merge_proxy to app_worker;
grant select (organization_id, absorbed_id, record_id, undone_at) on people.merge to app_portal, app_auth;
call platform.wall('people.merge', array['app_staff', 'app_worker']);
call platform.wall('people.merge_proxy', array['app_staff', 'app_worker']);
call platform.wall_own('people.merge', 'absorbed_id');
create policy credential_app_auth on people.merge for select to app_auth using (true);

-- All records of the patient whom this one is of, the one that stands for them first; alone, itself.
create function people.record_ids(organization uuid, patient uuid) returns uuid[] language sql stable parallel safe as $$
  with record as (
    select coalesce((select m.record_id from people.merge m
      where m.organization_id = organization and m.absorbed_id = patient and m.undone_at is null), patient) as id
  )
  select r.id || array(select m.absorbed_id from people.merge m
    where m.organization_id = organization and m.record_id = r.id and m.undone_at is null order by m.absorbed_id)
  from record r
$$;
