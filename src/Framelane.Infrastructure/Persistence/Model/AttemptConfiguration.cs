using Framelane.Domain.Deliveries;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Framelane.Infrastructure.Persistence.Model;

sealed class AttemptConfiguration : IEntityTypeConfiguration<DeliveryAttempt>
{
    public const string Table = "attempts";

    public void Configure(EntityTypeBuilder<DeliveryAttempt> builder)
    {
        builder.ToTable(Table);

        // By workspace first: the table itself then is the list of a workspace, and needs no index for it.
        builder.HasKey(attempt => new { attempt.WorkspaceId, attempt.Id });
        builder.Property(attempt => attempt.EventType).HasMaxLength(40).IsUnicode(false);
        builder.Property(attempt => attempt.JobId).HasMaxLength(IdConverters.MaxLength).IsUnicode(false);
        builder.Property(attempt => attempt.FailureReason).HasMaxLength(64).IsUnicode(false);

        // No more than the lists need, for every attempt writes it.
        builder.HasIndex(attempt => new { attempt.WebhookId, attempt.Id }, "ix_attempts_webhook");
    }
}
