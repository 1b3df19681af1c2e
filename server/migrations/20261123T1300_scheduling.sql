-- Find care reads its index in the order it shows: soonest opening, then name, then id; so a page is a short walk.
alter table scheduling.listing
  -- The beginning of the clinician's name, folded: enough to order results that are equal in time and distance.
  add column sort_name text collate "C" not null default '',
  -- Of the visit type: which visit is offered first when nothing more was asked.
  add column visit_position smallint not null default 0,
  -- The last minute at which next_start can be booked; after it the listing waits for its refill.
  add column fresh_until integer generated always as (next_start - min_notice_minutes) stored;

drop index scheduling.listing_by_specialty;
drop index scheduling.listing_by_next;
create index listing_by_specialty on scheduling.listing (organization_id, specialty, next_start, sort_name, practitioner_role_id);
create index listing_by_next on scheduling.listing (organization_id, next_start, sort_name, practitioner_role_id) where main;
create index listing_by_freshness on scheduling.listing (organization_id, fresh_until);
create index listing_by_specialty_cell on scheduling.listing (organization_id, specialty, cell);
-- Searches for a day or a part of the day walk that day's openings, soonest first.
create index opening_by_day on scheduling.opening (organization_id, day, part, first_start, practitioner_id);
