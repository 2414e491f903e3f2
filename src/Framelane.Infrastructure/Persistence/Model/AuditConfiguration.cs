using Framelane.Domain.Audit;
using Framelane.Domain.Identities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Framelane.Infrastructure.Persistence.Model;

sealed class AuditConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("audit_log");
        builder.HasKey(entry => entry.Id);
        builder.Property(entry => entry.Action).HasMaxLength(60).IsUnicode(false);
        builder.Property(entry => entry.TargetId).HasMaxLength(IdConverters.MaxLength).IsUnicode(false);
        builder.Property(entry => entry.Subject).HasMaxLength(IdentityName.MaxSubjectLength).IsUnicode(false);
        builder.Property(entry => entry.Address).HasMaxLength(64).IsUnicode(false);
        builder.HasIndex(entry => new { entry.WorkspaceId, entry.Id }, "ix_audit_log_workspace");
    }
}
