using Framelane.Infrastructure.Configuration;
using MimeKit;

namespace Framelane.Infrastructure.Mail;

/// <summary>Without a mail server: one file a mail in <c>{DataPath}/outbox</c>, named by its id, so that a repeat replaces it.</summary>
sealed class FolderTransport(DataFolder folder) : IMailTransport
{
    public const string Name = "outbox";

    public async Task SendAsync(string id, MimeMessage message, CancellationToken cancellationToken)
    {
        using var text = new MemoryStream();
        await message.WriteToAsync(text, cancellationToken);
        await PrivateFile.WriteAsync(Path.Combine(folder.Ensure(Name), id + ".eml"), text.ToArray(), cancellationToken);
    }
}
