using Framelane.Domain.Signups;
using Framelane.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Framelane.Infrastructure.Persistence.Model;

sealed class SignupConfiguration : IEntityTypeConfiguration<Signup>
{
    public void Configure(EntityTypeBuilder<Signup> builder)
    {
        builder.ToTable("signups");
        builder.HasKey(signup => signup.Address);
        builder.Property(signup => signup.Address).HasMaxLength(EmailAddress.MaxLength).IsUnicode(false);
        builder.Property(signup => signup.Recipient).HasConversion<EmailConverter>().HasMaxLength(EmailAddress.MaxLength).IsUnicode(false);
        builder.Property(signup => signup.WorkspaceName).HasMaxLength(Workspace.MaxNameLength);
        builder.Property(signup => signup.CodeDigest).HasMaxLength(32);
        builder.Property(signup => signup.MailedAt).AsJson().HasMaxLength(500).IsUnicode(false);
        builder.HasIndex(signup => signup.ForgetAt, "ix_signups_forget");
    }

    internal sealed class EmailConverter() : ValueConverter<EmailAddress, string>(address => address.Text, text => EmailAddress.FromChecked(text));
}
