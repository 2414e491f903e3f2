using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Persistence.Model;

/// <summary>Texts that the program compares; those that only people read keep the database's own collation.</summary>
static class ComparedTexts
{
    /// <summary>Gives them a collation that is the order of bytes: ids then sort by time on every database.</summary>
    public static void Collate(ModelBuilder builder, string binary)
    {
        foreach (var entity in builder.Model.GetEntityTypes())
        {
            foreach (var property in entity.GetProperties())
            {
                if (property.IsUnicode() == false || (property.IsPrimaryKey() && property.ClrType == typeof(string)))
                    property.SetCollation(binary);
            }
        }
    }
}
