-- What a place has for people who need it: each a fact with whose word it is and since when. Visitors search by them.
create table directory.place_access (
  organization_id uuid not null,
  location_id     uuid not null,
  feature         text not null check (feature in ('step_free', 'accessible_restroom', 'exam_table', 'hearing_loop', 'quiet_room', 'accessible_parking')),
  -- False: somebody looked, and there is none. No row: nobody knows.
  present         boolean not null,
  source          text not null check (source in ('seen', 'told')),
  verified_on     date not null,
  primary key (organization_id, location_id, feature),
  foreign key (organization_id, location_id) references directory.location
);
grant select on directory.place_access to app_public, app_portal, app_staff, app_worker;
grant insert, update on directory.place_access to app_staff, app_worker;
call platform.wall('directory.place_access', array['app_public', 'app_portal', 'app_staff', 'app_worker']);
