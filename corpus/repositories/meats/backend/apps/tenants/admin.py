from django.contrib import admin

from .models import Tenant, TenantDomain, TenantUser

admin.site.register([Tenant, TenantDomain, TenantUser])
