namespace Framelane.Application.Abstractions;

/// <summary>Writes mails in the transaction of what they tell of; they are sent after the commit.</summary>
public interface IMailOutbox
{
    void Add(Mail mail);
}

/// <param name="Body">Plain text.</param>
public sealed record Mail(string To, string Subject, string Body);
