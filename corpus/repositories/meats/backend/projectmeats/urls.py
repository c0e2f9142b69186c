"""All addresses. `/api/v1/` is the interface; the React application is served by another container."""
from django.contrib import admin
from django.urls import include, path
from rest_framework.authtoken.views import obtain_auth_token
from rest_framework.routers import DefaultRouter

from apps.accounts_receivables.views import AccountsReceivableViewSet
from apps.carriers.views import CarrierViewSet
from apps.contacts.views import ContactViewSet
from apps.customers.views import CustomerViewSet
from apps.invoices.views import InvoiceViewSet
from apps.plants.views import PlantViewSet
from apps.products.views import ProductViewSet
from apps.purchase_orders.views import PurchaseOrderViewSet
from apps.sales_orders.views import SalesOrderViewSet
from apps.suppliers.views import SupplierViewSet
from projectmeats.health import health, ready

router = DefaultRouter()
router.register("suppliers", SupplierViewSet)
router.register("customers", CustomerViewSet)
router.register("contacts", ContactViewSet)
router.register("plants", PlantViewSet)
router.register("carriers", CarrierViewSet)
router.register("products", ProductViewSet)
router.register("purchase-orders", PurchaseOrderViewSet)
router.register("sales-orders", SalesOrderViewSet)
router.register("invoices", InvoiceViewSet)
router.register("accounts-receivables", AccountsReceivableViewSet)

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/v1/health/", health),
    path("api/v1/ready/", ready),
    path("api/v1/auth/token/", obtain_auth_token),
    path("api/v1/", include(router.urls)),
]
