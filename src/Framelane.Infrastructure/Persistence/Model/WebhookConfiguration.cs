using System.Text.Json;
using Framelane.Domain.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Framelane.Infrastructure.Persistence.Model;

sealed class WebhookConfiguration : IEntityTypeConfiguration<Webhook>
{
    public void Configure(EntityTypeBuilder<Webhook> builder)
    {
        builder.ToTable("webhooks");
        builder.HasKey(webhook => webhook.Id);
        builder.Property(webhook => webhook.Url).HasMaxLength(Webhook.MaxUrlLength);
        builder.Property(webhook => webhook.Description).HasMaxLength(Webhook.MaxDescriptionLength);
        builder.Property(webhook => webhook.DisabledReason).HasMaxLength(40).IsUnicode(false);
        builder.Property(webhook => webhook.Events)
            .HasConversion<EventTypesConverter, EventTypesComparer>()
            .HasMaxLength(1000)
            .IsUnicode(false);
        builder.HasIndex(webhook => new { webhook.WorkspaceId, webhook.Id }, "ix_webhooks_workspace");
    }

    /// <summary>A JSON array of the types.</summary>
    internal sealed class EventTypesConverter() : ValueConverter<IReadOnlyList<string>, string>(
        types => JsonSerializer.Serialize(types, JsonSerializerOptions.Default),
        json => JsonSerializer.Deserialize<string[]>(json, JsonSerializerOptions.Default)!);

    internal sealed class EventTypesComparer() : ValueComparer<IReadOnlyList<string>>(
        (left, right) => left!.SequenceEqual(right!),
        types => types.Count,
        types => types.ToArray());
}
