using Framelane.Infrastructure.Persistence.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Framelane.Infrastructure.Persistence.Model;

sealed class IdempotencyConfiguration : IEntityTypeConfiguration<IdempotencyRecord>
{
    public void Configure(EntityTypeBuilder<IdempotencyRecord> builder)
    {
        builder.ToTable("idempotency_keys");
        builder.HasKey(record => new { record.Scope, record.Key });
        builder.Property(record => record.Scope).HasMaxLength(300).IsUnicode(false);
        builder.Property(record => record.Key).HasMaxLength(255);
        builder.Property(record => record.Fingerprint).HasMaxLength(IdempotencyRecord.MaxFingerprint);
        builder.HasIndex(record => record.CreatedAt, "ix_idempotency_keys_age");
    }
}

sealed class NodeConfiguration : IEntityTypeConfiguration<NodeRecord>
{
    public void Configure(EntityTypeBuilder<NodeRecord> builder)
    {
        builder.ToTable("nodes");
        builder.HasKey(node => node.Id);
        builder.Property(node => node.Id).HasMaxLength(IdConverters.MaxLength).IsUnicode(false);
        builder.Property(node => node.Name).HasMaxLength(255);
        builder.Property(node => node.Roles).HasMaxLength(100).IsUnicode(false);
    }
}

sealed class MailConfiguration : IEntityTypeConfiguration<MailRecord>
{
    public void Configure(EntityTypeBuilder<MailRecord> builder)
    {
        builder.ToTable("mails");
        builder.HasKey(mail => mail.Id);
        builder.Property(mail => mail.Id).HasMaxLength(IdConverters.MaxLength).IsUnicode(false);
        builder.Property(mail => mail.Recipient).HasMaxLength(320);
        builder.Property(mail => mail.Subject).HasMaxLength(500);
        builder.HasIndex(mail => mail.ClaimableAt, "ix_mails_claim");
    }
}

sealed class DataProtectionKeyConfiguration : IEntityTypeConfiguration<DataProtectionKeyRecord>
{
    public void Configure(EntityTypeBuilder<DataProtectionKeyRecord> builder)
    {
        builder.ToTable("data_protection_keys");
        builder.HasKey(key => key.Id);
        builder.Property(key => key.Id).HasMaxLength(100).IsUnicode(false);
    }
}
