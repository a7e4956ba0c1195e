from django.urls import path

from photolib.consent.views import invited, inviting, mine, notices, receipts

ASKED = "consent/<int:person>/<int:library>/<slug:purpose>/"
INVITED = "i/<str:token>/"

app_name = "consent"
urlpatterns = [
    path("consent/", mine.mine, name="mine"),
    path("consent/notice/", notices.notice_of_mine, name="notice"),
    path("consent/add/<int:pk>/", mine.add_me, name="add_me"),
    path(ASKED, mine.question, name="question"),
    path(f"{ASKED}confirm/", mine.confirm, name="confirm"),
    path(f"{ASKED}take-back/", mine.take_back, name="take_back"),
    path("consent/people/<int:pk>/", inviting.person, name="person"),
    path("consent/people/<int:pk>/invite/", inviting.invitation_new, name="invite"),
    path("consent/people/<int:pk>/account/", inviting.account, name="account"),
    path("consent/people/<int:pk>/guardian/", inviting.guardian, name="guardian"),
    path("consent/people/<int:pk>/paper/", inviting.paper, name="paper"),
    path("consent/invitations/<int:pk>/revoke/", inviting.invitation_revoke, name="revoke"),
    path("consent/invitations/<int:pk>/code/", inviting.invitation_code, name="code"),
    path("consent/receipts/", receipts.receipts, name="receipts"),
    path("consent/receipts/<int:pk>/", receipts.receipt, name="receipt"),
    path(f"{INVITED}receipts/<int:pk>/", receipts.invited_receipt, name="invitation_receipt"),
    path(INVITED, invited.overview, name="invitation"),
    path(f"{INVITED}notice/", notices.notice_for_invited, name="invitation_notice"),
    path(f"{INVITED}<slug:purpose>/", invited.question, name="invitation_question"),
    path(f"{INVITED}<slug:purpose>/confirm/", invited.confirm, name="invitation_confirm"),
    path(f"{INVITED}<slug:purpose>/take-back/", invited.take_back, name="invitation_take_back"),
]
