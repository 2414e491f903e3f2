using Framelane.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Framelane.Infrastructure.Persistence.Model;

sealed class WorkspaceConfiguration : IEntityTypeConfiguration<Workspace>
{
    /// <summary>Bytes of a sealed secret at most; Data Protection adds about a hundred to what it seals.</summary>
    const int MaxCiphertext = 512;

    public void Configure(EntityTypeBuilder<Workspace> builder)
    {
        builder.ToTable("workspaces");
        builder.HasKey(workspace => workspace.Id);
        builder.Ignore(workspace => workspace.DomainEvents);
        builder.Property(workspace => workspace.Name).HasMaxLength(Workspace.MaxNameLength);
        builder.Property(workspace => workspace.Email).HasMaxLength(320);
        builder.Property(workspace => workspace.EmailKey).HasMaxLength(320).UsePropertyAccessMode(PropertyAccessMode.Property);
        builder.HasIndex(workspace => workspace.EmailKey, "ix_workspaces_email").HasFilter("email_key IS NOT NULL");
        builder.HasIndex(workspace => workspace.VerifyBy, "ix_workspaces_verify").HasFilter("verify_by IS NOT NULL");
        builder.Property(workspace => workspace.Plan).HasConversion<SnakeCaseEnumConverter<Plan>>().HasMaxLength(20).IsUnicode(false);
        builder.Property(workspace => workspace.PlanStatus).HasConversion<SnakeCaseEnumConverter<PlanStatus>>().HasMaxLength(20).IsUnicode(false);
        builder.HasIndex(workspace => workspace.EraseAt, "ix_workspaces_erasure").HasFilter("erase_at IS NOT NULL");
        builder.ComplexProperty(workspace => workspace.CurrentSecret, secret => Secret(secret, "current_secret"));
        builder.ComplexProperty(workspace => workspace.PreviousSecret, secret => Secret(secret!, "previous_secret"));
    }

    static void Secret(ComplexPropertyBuilder<SealedSecret> builder, string column)
    {
        builder.Property(secret => secret.Ciphertext)
            .HasConversion<BytesConverter, BytesComparer>()
            .HasMaxLength(MaxCiphertext)
            .HasColumnName(column);
        builder.Property(secret => secret.Epoch).HasColumnName(column + "_epoch");
    }

    internal sealed class BytesConverter() : ValueConverter<ReadOnlyMemory<byte>, byte[]>(memory => memory.ToArray(), bytes => bytes);

    internal sealed class BytesComparer() : ValueComparer<ReadOnlyMemory<byte>>(
        (left, right) => Same(left, right),
        memory => memory.Length,
        memory => memory)
    {
        static bool Same(ReadOnlyMemory<byte> left, ReadOnlyMemory<byte> right) => left.Span.SequenceEqual(right.Span);
    }
}
