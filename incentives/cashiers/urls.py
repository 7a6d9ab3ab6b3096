"""The address behind a cashier's link; it runs outside of any scope."""

from django.urls import path

from incentives.cashiers import views

app_name = "cashiers"

urlpatterns = [
    path("accounts/counter/<str:token>/", views.accept, name="counter-accept"),
]
