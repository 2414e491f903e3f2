using Framelane.Domain.Billing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Framelane.Infrastructure.Persistence.Model;

sealed class BillingAccountConfiguration : IEntityTypeConfiguration<BillingAccount>
{
    public void Configure(EntityTypeBuilder<BillingAccount> builder)
    {
        builder.ToTable("billing_accounts");
        builder.HasKey(account => account.WorkspaceId);
        builder.Property(account => account.CustomerId).HasMaxLength(BillingAccount.MaxIdLength).IsUnicode(false);
        builder.HasIndex(account => account.CustomerId, "ix_billing_accounts_customer").IsUnique();
    }
}

sealed class BillingEventConfiguration : IEntityTypeConfiguration<BillingEvent>
{
    public void Configure(EntityTypeBuilder<BillingEvent> builder)
    {
        builder.ToTable("billing_events");
        builder.HasKey(handled => handled.Id);
        builder.Property(handled => handled.Id).HasMaxLength(BillingAccount.MaxIdLength).IsUnicode(false);
        builder.Property(handled => handled.Type).HasMaxLength(BillingEvent.MaxTypeLength).IsUnicode(false);
        builder.HasIndex(handled => handled.HandledAt, "ix_billing_events_age");
    }
}
