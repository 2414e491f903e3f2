using Framelane.Domain.Deliveries;
using Framelane.Domain.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Framelane.Infrastructure.Persistence.Model;

/// <remarks>No foreign keys: the dispatcher writes this table thousands of times a second.</remarks>
sealed class DeliveryConfiguration : IEntityTypeConfiguration<Delivery>
{
    const string Pending = "state = 0";

    const string Open = "state IN (0, 3)";

    public void Configure(EntityTypeBuilder<Delivery> builder)
    {
        builder.ToTable("deliveries");
        builder.HasKey(delivery => delivery.Id);
        builder.Property(delivery => delivery.EventType).HasMaxLength(40).IsUnicode(false);
        builder.Property(delivery => delivery.JobId).HasMaxLength(IdConverters.MaxLength).IsUnicode(false);
        builder.Property(delivery => delivery.Url).HasMaxLength(Webhook.MaxUrlLength);
        builder.Property(delivery => delivery.Lane).HasMaxLength(LaneKey.MaxLength).IsUnicode(false);

        // What the dispatcher claims by. It knows no leases: a claim then changes the row alone, and finds those leased, few, on its way.
        builder.HasIndex(delivery => new { delivery.Lane, delivery.NextAttemptAt }, "ix_deliveries_claim").HasFilter(Pending);

        // An event of a job waits for the first attempts at the events before it. Jobs sort by time, so what is done lies together.
        builder.HasIndex(delivery => new { delivery.JobId, delivery.Lane, delivery.Sequence }, "ix_deliveries_order")
            .HasFilter($"{Pending} AND attempt_number = 1 AND job_id IS NOT NULL");

        // Scheduled, running and never made attempts in the lists. One index for all webhooks of a workspace: by webhook it would be
        // written in as many places as there are webhooks.
        builder.HasIndex(delivery => new { delivery.WorkspaceId, delivery.AttemptId, delivery.WebhookId }, "ix_deliveries_open").HasFilter(Open);

        builder.HasIndex(delivery => new { delivery.WebhookId, delivery.CreatedAt }, "ix_deliveries_recover");

        // The sweep asks which events have none left. It finds what is old by the ids, which sort by time: no index on ages.
        builder.HasIndex(delivery => delivery.EventId, "ix_deliveries_event");
    }
}
