-- What the place of a listing has for people who need it is a fact that searches ask for, and so of its profile. Nobody
-- has said any yet, so the listings that there are stay right; the next relist gives them profiles that say so.
alter table scheduling.profile add column access text[] not null default '{}';
