-- Taking the times of several bookings at once, of different clinicians: what a statement costs before its first row is
-- most of what it costs, and is paid once for all of them.

-- As `take_time` does for one: waits for the turns in the one order that is the same for everybody, and gives each visit
-- that got its time, with `fewest` as there. No two may be of one clinician. Who waits in a group keeps the others waiting:
-- a turn that is long in coming (openings being computed anew) is an error here, and each goes alone. Nested loops by
-- index are right for a handful of rows however large the tables; a plan made for any arrays expects more of them.
create function scheduling.take_times(
  of_organization uuid, practitioners uuid[], offerings uuid[], start_minutes integer[], from_minutes integer[], until_minutes integer[],
  visits uuid[]
) returns table (visit_id uuid, practitioner_id uuid, fewest integer) language plpgsql
  set lock_timeout = '100ms' set enable_hashjoin = off set enable_mergejoin = off as $$
#variable_conflict use_column
declare got uuid[];
begin
  perform scheduling.take_turns(practitioners);

  with taken as (
    insert into scheduling.taken_time (organization_id, resource_id, starts_at, ends_at, appointment_id)
    select of_organization, w.practitioner, to_timestamp(w.from_minute * 60.0::float8), to_timestamp(w.until_minute * 60.0::float8), w.visit
    from unnest(practitioners, offerings, start_minutes, from_minutes, until_minutes, visits)
      as w(practitioner, offering, start_minute, from_minute, until_minute, visit)
    where exists (select from scheduling.opening p where p.organization_id = of_organization and p.offering_id = w.offering
      and p.first_start <= w.start_minute and p.first_start > w.start_minute - 1440 and w.start_minute = any (p.starts))
    on conflict do nothing
    returning resource_id
  )
  select array_agg(resource_id) into got from taken;

  merge into scheduling.opening p
  using (
    select f.id, f.buffer_before as before, f.minutes + f.buffer_after as after, w.from_minute, w.until_minute
    from unnest(practitioners, from_minutes, until_minutes) as w(practitioner, from_minute, until_minute)
    join scheduling.offering f on f.organization_id = of_organization and f.practitioner_id = w.practitioner
    where w.practitioner = any (got)
  ) t on p.organization_id = of_organization and p.offering_id = t.id
    and p.first_start < t.until_minute + t.before and p.first_start > t.from_minute - t.after - 1440
  when matched and scheduling.starts_left(p.starts, t.before, t.after, t.from_minute, t.until_minute) = '{}' then delete
  when matched and cardinality(scheduling.starts_left(p.starts, t.before, t.after, t.from_minute, t.until_minute)) < cardinality(p.starts) then
    update set starts = scheduling.starts_left(p.starts, t.before, t.after, t.from_minute, t.until_minute),
      first_start = (scheduling.starts_left(p.starts, t.before, t.after, t.from_minute, t.until_minute))[1];

  return query
  with cut as (
    update scheduling.listing l
    set next_starts = scheduling.starts_left(l.next_starts, f.buffer_before, f.minutes + f.buffer_after, w.from_minute, w.until_minute),
      next_start = (scheduling.starts_left(l.next_starts, f.buffer_before, f.minutes + f.buffer_after, w.from_minute, w.until_minute))[1]
    from unnest(practitioners, from_minutes, until_minutes) as w(practitioner, from_minute, until_minute)
    join scheduling.offering f on f.organization_id = of_organization and f.practitioner_id = w.practitioner
    where w.practitioner = any (got) and l.organization_id = of_organization and l.practitioner_id = w.practitioner and f.id = l.offering_id
      and l.next_start < w.until_minute + f.buffer_before
      and width_bucket(w.from_minute - f.minutes - f.buffer_after, l.next_starts) < width_bucket(w.until_minute + f.buffer_before - 1, l.next_starts)
    returning l.practitioner_id, cardinality(l.next_starts) as starts
  )
  select w.visit, w.practitioner, (select min(cut.starts) from cut where cut.practitioner_id = w.practitioner)
  from unnest(practitioners, visits) as w(practitioner, visit) where w.practitioner = any (got);
end $$;
