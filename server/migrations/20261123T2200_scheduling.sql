-- Taking a time, as one call: few statements whose plans every connection keeps, and none for one who came too late.

-- What is left of a sorted list of starts when the time from `from_minute` to `until_minute` is taken (with its buffers),
-- for visits that need `before` minutes ahead of each start and `after` minutes from it on. Starts hidden are neighbours.
create function scheduling.starts_left(starts integer[], before integer, after integer, from_minute integer, until_minute integer)
  returns integer[] language sql immutable parallel safe
  return starts[:width_bucket(from_minute - after, starts)] || starts[width_bucket(until_minute + before - 1, starts) + 1:];

-- Takes an opening for a hold or a visit, in the clinician's turn: whatever changes a clinician's time does so in its turn,
-- one after another, so that the index of openings is never cut twice at once. The turn ends with the transaction.
-- `is_got` is false when somebody was faster: then nothing is written. Every opening of the clinician that overlaps
-- leaves both search indexes; `fewest` is how many starts the shortest listing that lost some has left, if any did.
create function scheduling.take_time(
  of_organization uuid, of_practitioner uuid, of_offering uuid, start_minute integer, from_minute integer, until_minute integer,
  for_hold uuid, for_visit uuid, out is_got boolean, out fewest integer
) language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtextextended(of_practitioner::text, 7));

  insert into scheduling.taken_time (organization_id, resource_id, starts_at, ends_at, hold_id, appointment_id)
  select of_organization, of_practitioner, to_timestamp(from_minute * 60.0::float8), to_timestamp(until_minute * 60.0::float8), for_hold, for_visit
  where exists (select from scheduling.opening p where p.organization_id = of_organization and p.offering_id = of_offering
    and p.first_start <= start_minute and p.first_start > start_minute - 1440 and start_minute = any (p.starts))
  on conflict do nothing;
  is_got := found;
  if not is_got then return; end if;

  merge into scheduling.opening p
  using (
    select p.day, p.part, p.offering_id, cardinality(p.starts) as before,
      scheduling.starts_left(p.starts, f.buffer_before, f.minutes + f.buffer_after, from_minute, until_minute) as kept
    from scheduling.offering f
    join scheduling.opening p on p.organization_id = of_organization and p.offering_id = f.id
      and p.first_start < until_minute + f.buffer_before and p.first_start > from_minute - f.minutes - f.buffer_after - 1440
    where f.organization_id = of_organization and f.practitioner_id = of_practitioner
  ) t on p.organization_id = of_organization and p.practitioner_id = of_practitioner
    and p.day = t.day and p.offering_id = t.offering_id and p.part = t.part and cardinality(t.kept) < t.before
  when matched and t.kept = '{}' then delete
  when matched then update set starts = t.kept, first_start = t.kept[1];

  with cut as (
    update scheduling.listing l
    set next_starts = scheduling.starts_left(l.next_starts, f.buffer_before, f.minutes + f.buffer_after, from_minute, until_minute),
      next_start = (scheduling.starts_left(l.next_starts, f.buffer_before, f.minutes + f.buffer_after, from_minute, until_minute))[1]
    from scheduling.offering f
    where l.organization_id = of_organization and l.practitioner_id = of_practitioner
      and f.organization_id = of_organization and f.id = l.offering_id
      and l.next_start < until_minute + f.buffer_before
      and width_bucket(from_minute - f.minutes - f.buffer_after, l.next_starts) < width_bucket(until_minute + f.buffer_before - 1, l.next_starts)
    returning cardinality(l.next_starts) as starts
  )
  select min(starts) into fewest from cut;
end $$;
