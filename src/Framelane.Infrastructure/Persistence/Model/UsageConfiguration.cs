using Framelane.Domain.Usage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Framelane.Infrastructure.Persistence.Model;

sealed class SpentMinutesConfiguration : IEntityTypeConfiguration<SpentMinutes>
{
    public void Configure(EntityTypeBuilder<SpentMinutes> builder)
    {
        builder.ToTable("spent_minutes");
        builder.HasKey(spent => spent.Owner);
        builder.Property(spent => spent.Owner).HasMaxLength(SpentMinutes.OwnerLength).IsUnicode(false);
        builder.HasIndex(spent => spent.Month, "ix_spent_minutes_month");
    }
}

sealed class UsageConfiguration : IEntityTypeConfiguration<UsageEntry>
{
    public void Configure(EntityTypeBuilder<UsageEntry> builder)
    {
        builder.ToTable("usage_ledger");
        builder.HasKey(entry => entry.Id);

        // A job counts once, however often it was begun and whoever says that it is done.
        builder.HasIndex(entry => entry.JobId, "ix_usage_ledger_job").IsUnique().HasFilter("job_id IS NOT NULL");

        // All that a sum reads, so that it need not look at the lines themselves; a submission asks for one kind while others wait for it.
        builder.HasIndex(entry => new { entry.WorkspaceId, entry.Kind, entry.At, entry.Quantity }, "ix_usage_ledger_workspace");

        // An hour's egress is one line (UsageKind.Egress).
        builder.HasIndex(entry => new { entry.WorkspaceId, entry.At }, "ix_usage_ledger_egress").IsUnique().HasFilter("kind = 2");
    }
}
