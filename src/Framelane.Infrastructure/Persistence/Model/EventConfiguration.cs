using Framelane.Domain.Events;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Framelane.Infrastructure.Persistence.Model;

sealed class EventConfiguration : IEntityTypeConfiguration<WebhookEvent>
{
    /// <summary>The W3C trace context of the request that wrote the event: the database's affair, and no part of what happened.</summary>
    public const string TraceParent = nameof(TraceParent);

    public void Configure(EntityTypeBuilder<WebhookEvent> builder)
    {
        builder.ToTable("events");
        builder.HasKey(happened => happened.Id);
        builder.Property(happened => happened.Type).HasMaxLength(40).IsUnicode(false);
        builder.Property(happened => happened.JobId).HasMaxLength(IdConverters.MaxLength).IsUnicode(false);
        builder.Property<string?>(TraceParent).HasMaxLength(55).IsUnicode(false);
    }
}
