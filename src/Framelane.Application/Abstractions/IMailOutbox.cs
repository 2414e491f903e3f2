namespace Framelane.Application.Abstractions;

/// <summary>Writes mails in the transaction of what they tell of; they are sent after the commit.</summary>
public interface IMailOutbox
{
    void Add(Mail mail);
}

/// <param name="Body">Plain text.</param>
public sealed record Mail(string To, string Subject, string Body)
{
    /// <summary>As a recipient: the mail is written like any other, so that it does not show that none is sent, and then dropped.</summary>
    public const string Nobody = "";
}
