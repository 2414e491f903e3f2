using Framelane.Domain.ApiKeys;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Framelane.Infrastructure.Persistence.Model;

sealed class ApiKeyConfiguration : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> builder)
    {
        builder.ToTable("api_keys");
        builder.HasKey(key => key.Id);
        builder.Property(key => key.Name).HasMaxLength(ApiKey.MaxNameLength);
        builder.Property(key => key.KeyPrefix).HasMaxLength(ApiKeySecret.ShownLength).IsUnicode(false);
        builder.Property(key => key.KeyHash).HasMaxLength(32);

        // Not unique: two keys may begin alike, and the hash decides.
        builder.HasIndex(key => key.KeyPrefix, "ix_api_keys_prefix");
        builder.HasIndex(key => new { key.WorkspaceId, key.Id }, "ix_api_keys_workspace");
    }
}
