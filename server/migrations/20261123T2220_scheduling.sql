-- What searches ask of a listing is the same for many listings: each such set of facts is kept once, as a profile. A
-- search tests the few profiles, then walks only the listings of those that fit; of rare wishes that is a short list.
create table scheduling.profile (
  organization_id uuid not null,
  id              integer generated always as identity,
  -- md5 of all that follows, as text: they are one key, and longer than an index entry may be.
  digest          uuid not null,
  specialty       text not null,
  -- Of the main specialty; a search without specialty reads only these.
  main            boolean not null,
  visit_type      text not null,
  -- Of the visit type: which visit is offered first when nothing more was asked.
  visit_position  smallint not null,
  mode            text not null,
  for_patients    text not null,
  min_age_years   smallint not null,
  max_age_years   smallint not null,
  gender          text,
  languages       text[] not null,
  accepts_new     boolean not null,
  networks        uuid[] not null,
  primary key (organization_id, id),
  constraint one_profile_a_set_of_facts unique (organization_id, digest)
);
grant select on scheduling.profile to app_public, app_portal, app_staff, app_worker;
grant insert, delete on scheduling.profile to app_worker;
call platform.wall('scheduling.profile', array['app_public', 'app_portal', 'app_staff', 'app_worker']);

-- What is listed already, seen past the wall that keeps even the owner out.
alter table scheduling.listing no force row level security;
alter table scheduling.profile no force row level security;
insert into scheduling.profile (organization_id, digest, specialty, main, visit_type, visit_position, mode, for_patients,
  min_age_years, max_age_years, gender, languages, accepts_new, networks)
select distinct organization_id, md5(row(specialty, main, visit_type, visit_position, mode, for_patients, min_age_years,
    max_age_years, gender, languages, accepts_new, networks)::text)::uuid, specialty, main, visit_type, visit_position, mode,
  for_patients, min_age_years, max_age_years, gender, languages, accepts_new, networks
from scheduling.listing;

alter table scheduling.listing add column profile integer;
update scheduling.listing l set profile = p.id from scheduling.profile p
where p.organization_id = l.organization_id and p.digest = md5(row(l.specialty, l.main, l.visit_type, l.visit_position, l.mode,
  l.for_patients, l.min_age_years, l.max_age_years, l.gender, l.languages, l.accepts_new, l.networks)::text)::uuid;

alter table scheduling.listing force row level security;
alter table scheduling.profile force row level security;

drop index scheduling.listing_by_specialty;
drop index scheduling.listing_by_next;
drop index scheduling.listing_by_cell;
drop index scheduling.listing_by_specialty_cell;
alter table scheduling.listing
  alter column profile set not null,
  drop column visit_type,
  drop column visit_position,
  drop column mode,
  drop column for_patients,
  drop column min_age_years,
  drop column max_age_years,
  drop column gender,
  drop column languages,
  drop column accepts_new,
  drop column networks,
  drop column latitude,
  drop column longitude,
  drop column cell;

-- What few profiles fit is gathered whole.
create index listing_by_profile on scheduling.listing (organization_id, profile);
-- What many fit is walked in the order of results; the profile stands in the index, so that a listing of another costs no visit.
create index listing_by_specialty on scheduling.listing (organization_id, specialty, next_start, sort_name, practitioner_role_id, profile);
create index listing_by_next on scheduling.listing (organization_id, next_start, sort_name, practitioner_role_id, profile) where main;
-- How far a place is, is a fact of the place: the nearest first is place after place, or what is open at one time of each.
create index listing_by_place on scheduling.listing (organization_id, location_id, next_start, profile);

-- Searches for a day or a part of the day walk one part of the day after the other through the days.
drop index scheduling.opening_by_day;
create index opening_by_part on scheduling.opening (organization_id, part, day, first_start, practitioner_id);
