-- Records are let go at the end of their time, by the product itself: `attend retention erase`.
call platform.wall('people.care_team', array['app_worker']);
call platform.wall('people.record_flag', array['app_worker']);
grant select, delete on people.care_team, people.record_flag to app_worker;
grant delete on people.break_glass, people.proxy_grant, people.proxy_request, people.match_review, people.patient_account,
  people.patient_identifier, people.patient to app_worker;
grant select, update on people.match_review to app_worker;
grant delete on people.passkey to app_auth;
