using Framelane.Domain.Identities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Framelane.Infrastructure.Persistence.Model;

sealed class IdentityConfiguration : IEntityTypeConfiguration<Identity>
{
    public void Configure(EntityTypeBuilder<Identity> builder)
    {
        builder.ToTable("identities");

        // Two syncs at once make one workspace because the second cannot be written down.
        builder.HasKey(identity => new { identity.Issuer, identity.Subject });
        builder.Property(identity => identity.Issuer).HasMaxLength(IdentityName.MaxIssuerLength).IsUnicode(false);
        builder.Property(identity => identity.Subject).HasMaxLength(IdentityName.MaxSubjectLength).IsUnicode(false);
        builder.HasIndex(identity => identity.WorkspaceId, "ix_identities_workspace");
    }
}
