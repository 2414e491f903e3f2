using Framelane.Domain.Events;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Framelane.Infrastructure.Persistence.Model;

sealed class EventConfiguration : IEntityTypeConfiguration<WebhookEvent>
{
    public void Configure(EntityTypeBuilder<WebhookEvent> builder)
    {
        builder.ToTable("events");
        builder.HasKey(happened => happened.Id);
        builder.Property(happened => happened.Type).HasMaxLength(40).IsUnicode(false);
        builder.Property(happened => happened.JobId).HasMaxLength(IdConverters.MaxLength).IsUnicode(false);
    }
}
