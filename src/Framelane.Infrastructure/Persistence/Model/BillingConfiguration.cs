using Framelane.Domain.Billing;
using Framelane.Domain.Workspaces;
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

sealed class MeteredRenderConfiguration : IEntityTypeConfiguration<MeteredRender>
{
    public void Configure(EntityTypeBuilder<MeteredRender> builder)
    {
        builder.ToTable("metered_renders");
        builder.HasKey(render => render.JobId);
        builder.Property(render => render.Plan).HasConversion<SnakeCaseEnumConverter<Plan>>().HasMaxLength(20).IsUnicode(false);

        // All that a sum reads, and, as the months are together, what is past its time.
        builder.HasIndex(render => new { render.Month, render.WorkspaceId, render.Plan, render.Milliseconds }, "ix_metered_renders_month");

        // With the column that is null in all of it, or SQLite would look at the rows for that.
        builder.HasIndex(render => new { render.WorkspaceId, render.CountedAt, render.CompletedAt }, "ix_metered_renders_uncounted").HasFilter("counted_at IS NULL");
    }
}

sealed class MeterReportConfiguration : IEntityTypeConfiguration<MeterReport>
{
    public void Configure(EntityTypeBuilder<MeterReport> builder)
    {
        builder.ToTable("meter_reports");
        builder.HasKey(report => report.Id);
        builder.Property(report => report.Plan).HasConversion<SnakeCaseEnumConverter<Plan>>().HasMaxLength(20).IsUnicode(false);
        builder.HasIndex(report => new { report.Month, report.WorkspaceId, report.Plan, report.Minutes }, "ix_meter_reports_month");
        builder.HasIndex(report => new { report.WorkspaceId, report.DueAt, report.MadeAt }, "ix_meter_reports_untold").HasFilter("due_at IS NOT NULL");
    }
}
