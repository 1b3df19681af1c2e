-- What rules ask about a patient: each caller is told of those whose rows it may see, and of nobody else.

-- As the caller, within the caller's row-level security: of somebody the caller may not see, as of somebody unknown.
create or replace function scheduling.is_first_visit(patient uuid, at timestamptz) returns boolean
  language sql stable security invoker set search_path = pg_catalog, pg_temp as $$
  select not exists (select from people.patient p where p.organization_id = platform.organization_id()
      and p.id = any (people.record_ids(platform.organization_id(), patient)) and p.origin = 'record')
    and not exists (select from scheduling.appointment a where a.organization_id = platform.organization_id()
      and a.patient_id = any (people.record_ids(platform.organization_id(), patient)) and a.status = 'booked' and a.starts_at < at)
$$;

-- Times and kinds without whose they are: nothing to look anybody up by leaves it, no id of a visit or a hold either.
drop function scheduling.visits_of(uuid[], timestamptz, timestamptz);
create function scheduling.visits_of(whose uuid[], from_at timestamptz, until_at timestamptz, but uuid)
  returns table (practitioner_id uuid, visit_type_id uuid, starts_at timestamptz, ends_at timestamptz, is_new boolean)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select t.resource_id, o.visit_type_id, coalesce(a.starts_at, h.starts_at), coalesce(a.ends_at, h.ends_at),
    coalesce(a.new_patient or scheduling.is_first_visit(a.patient_id, a.starts_at), false) or o.for_patients = 'new'
  from scheduling.taken_time t
  left join scheduling.appointment a on a.organization_id = t.organization_id and a.id = t.appointment_id
  left join scheduling.hold h on h.organization_id = t.organization_id and h.id = t.hold_id
  join scheduling.offering o on o.organization_id = t.organization_id and o.id = coalesce(a.offering_id, h.offering_id)
  where t.organization_id = platform.organization_id() and t.resource_id = any (whose) and t.starts_at >= from_at and t.starts_at < until_at
    and coalesce(t.appointment_id, t.hold_id) is distinct from but
$$;

-- The portal may not read the imported record: it is told this one word of the patients whose rows it sees.
create or replace function scheduling.home_state_of(patient uuid) returns text
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select r.content -> 'address' -> 0 ->> 'state' from record.resource r
  where r.organization_id = platform.organization_id() and r.type = 'Patient'
    and r.patient_id = any (people.record_ids(platform.organization_id(), patient))
    and (session_user in ('app_staff', 'app_worker') or patient = any ((select platform.patient_ids())::uuid[]))
  order by array_position(people.record_ids(platform.organization_id(), patient), r.patient_id) limit 1
$$;

revoke all on function scheduling.visits_of(uuid[], timestamptz, timestamptz, uuid) from public;
grant execute on function scheduling.visits_of(uuid[], timestamptz, timestamptz, uuid) to app_portal, app_staff, app_worker;
